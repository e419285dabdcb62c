// One SVG sprite of the icons named in icons.json, drawn from @tabler/icons at build time; and the mark
// of the browser tab.
import { readFileSync } from "node:fs";

const icons = new URL("../icons.json", import.meta.url);
const outline = new URL("../node_modules/@tabler/icons/icons/outline/", import.meta.url);

function symbol([name, source]) {
  const drawing = readFileSync(new URL(`${source}.svg`, outline), "utf8");
  const paths = drawing
    .slice(drawing.indexOf(">") + 1, drawing.lastIndexOf("</svg>"))
    .replace(/<path stroke="none"[^>]*>/, "")
    .replace(/\s+/g, " ");
  return `<symbol id="${name}" viewBox="0 0 24 24">${paths.trim()}</symbol>`;
}

export function iconSprite() {
  return {
    name: "icon-sprite",
    generateBundle() {
      const symbols = Object.entries(JSON.parse(readFileSync(icons, "utf8"))).map(symbol);
      this.emitFile({
        type: "asset",
        name: "icons.svg",
        originalFileName: "icons.json",
        source: `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>`,
      });
      this.emitFile({
        type: "asset",
        name: "brand.svg",
        originalFileName: "brand.svg",
        source: readFileSync(new URL("../brand.svg", import.meta.url), "utf8"),
      });
    },
  };
}
