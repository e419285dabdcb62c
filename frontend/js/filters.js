// On a narrow screen a filter bar in which nothing is chosen starts folded.
export function foldFilters() {
  if (matchMedia("(min-width: 48rem)").matches) return;
  for (const bar of document.querySelectorAll("details.filters:not([data-active])")) bar.open = false;
}
