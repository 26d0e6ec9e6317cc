// Imported first by every command of package.json; understands nothing newer than Node 14, so that old ones get the sentence too.
const parts = process.versions.node.split('.').map(Number);
if (Number(parts[0]) < 20 || (Number(parts[0]) === 20 && Number(parts[1]) < 19)) {
  console.error(
    `Santral needs Node 20.19 or newer; this is ${process.versions.node} (${process.execPath}).\n` +
      'Install a newer one (https://nodejs.org or your system’s packages) and start again.',
  );
  process.exit(1);
}
