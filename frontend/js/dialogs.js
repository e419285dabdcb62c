// A link to a <dialog> opens it as a modal; without script, CSS shows it through :target.
export function openDialogs() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const dialog = link && document.getElementById(link.getAttribute("href").slice(1));
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
    } else if (link?.matches("[data-closes-dialog]")) {
      event.preventDefault();
      link.closest("dialog").close();
    }
  });
}
