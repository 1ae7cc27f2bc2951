import t from 'tap';
import { WireDict } from '../../protocol/values.js';
import { restrict } from '../nanny/limits.js';
import { lack, plenty, stage } from './fake-child.js';

t.test('new limits are told to the program, in the form of getresources', { skip: lack }, async (t) => {
  const scene = await stage(t.testdir());
  t.teardown(() => scene.close());
  scene.session.change(restrict({ ...plenty, lograte: 5 }));
  const [limits] = (await scene.child.value('getresources')) as [WireDict];
  const notices = scene.child.received.filter(({ type }) => type === 'notice');
  t.same(notices, [{ type: 'notice', kind: 'limits', value: limits }]);
  t.ok(limits instanceof WireDict);
  t.equal(scene.nanny.limit('lograte'), 5);
});
