// The bundle holds other people's work; their licences go with it.
import { readFileSync } from "node:fs";

const BUNDLED = ["@tabler/icons", "htmx.org"];

function licence(name) {
  const text = readFileSync(new URL(`../node_modules/${name}/LICENSE`, import.meta.url), "utf8");
  return `${name}\n\n${text}`;
}

export function licences() {
  return {
    name: "licences",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "licences.txt", source: BUNDLED.map(licence).join("\n\n") });
    },
  };
}
