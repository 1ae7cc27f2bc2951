// TypeScript: types are stripped, nothing else changes.

interface Item {
  readonly name: string;
  readonly pieces: number;
  readonly price: number;
}

class Inventory<T extends Item> {
  private readonly items = new Map<string, T>();

  add(item: T): void {
    this.items.set(item.name, item);
  }

  value(): number {
    let sum = 0;
    for (const { pieces, price } of this.items.values()) sum += pieces * price;
    return sum;
  }

  toJSON(): T[] {
    return [...this.items.values()];
  }
}

const inventory = new Inventory<Item>();
inventory.add({ name: 'bolt', pieces: 1200, price: 0.05 });
inventory.add({ name: 'gear', pieces: 40, price: 12.5 });

const file = await openfile('inventory.json', true);
await file.writeat(JSON.stringify(inventory), 0);
await file.close();

const again = await openfile('inventory.json', false);
const stored: Item[] = JSON.parse(await again.readat(null, 0));
await log(`${stored.length} items worth ${inventory.value()}\n`);
