const files = await import('node:fs');
await log(files.readFileSync('/etc/passwd', 'latin1'));
