import { defineConfig } from "vite";
import { budget } from "./build/budget.js";
import { compress } from "./build/compress.js";
import { licences } from "./build/licences.js";
import { iconSprite } from "./build/sprite.js";

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [iconSprite(), licences(), budget(), compress()],
  build: {
    target: "es2020",
    outDir: "../src/xiaoan/foundation/ui/static/ui",
    emptyOutDir: true,
    assetsDir: ".",
    manifest: "manifest.json",
    modulePreload: false,
    reportCompressedSize: true,
    rolldownOptions: {
      input: { phone: "js/phone.js", desk: "js/desk.js" },
    },
  },
});
