// Ctrl-K or ⌘K goes to the search box of the top bar.
export function jumpToSearch() {
  document.addEventListener("keydown", (event) => {
    const box = document.querySelector("[data-search-key]");
    if (!box || event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}
