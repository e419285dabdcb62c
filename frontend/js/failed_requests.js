// A part of a page that could not be fetched leaves the page as it is and says so.
export function tellFailedRequests() {
  const show = () => {
    const notice = document.getElementById("request-failed");
    if (notice) notice.hidden = false;
  };
  document.addEventListener("htmx:error", show);
  document.addEventListener("htmx:response:error", show);
}
