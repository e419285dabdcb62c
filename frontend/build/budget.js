// Prints what a first visit loads, compressed, and fails the build above the budget of a phone page.
import { gzipSync } from "node:zlib";

const PHONE_LIMIT = 120 * 1024; // design: a phone page loads at most 120 KB of script and style

const compressed = (file) => gzipSync(file.code ?? file.source).length;

function weigh(bundle, entry) {
  const scripts = [entry.fileName, ...entry.imports].map((name) => bundle[name]);
  const styles = scripts.flatMap((script) => [...(script.viteMetadata?.importedCss ?? [])]);
  return [...scripts, ...styles.map((name) => bundle[name])].reduce((sum, file) => sum + compressed(file), 0);
}

export function budget() {
  return {
    name: "budget",
    enforce: "post",
    writeBundle(_options, bundle) {
      for (const entry of Object.values(bundle).filter((file) => file.isEntry)) {
        const size = weigh(bundle, entry);
        console.log(`${entry.name}: ${(size / 1024).toFixed(1)} KB gzip (script and style of a first visit)`);
        if (entry.name === "phone" && size > PHONE_LIMIT) {
          throw new Error(`phone is over its budget of ${PHONE_LIMIT / 1024} KB gzip`);
        }
      }
    },
  };
}
