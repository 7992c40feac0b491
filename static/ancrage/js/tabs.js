/* Tabs that slide in their own strip: the current one is in sight from the start. */

export const showCurrentTab = (root) =>
  root.querySelectorAll(".tabs-list [aria-current], .cl-views [aria-current]").forEach((tab) => {
    const strip = tab.closest("ul");
    if (strip.scrollWidth <= strip.clientWidth) return;
    const from = tab.getBoundingClientRect().left - strip.getBoundingClientRect().left;
    strip.scrollLeft += from - (strip.clientWidth - tab.offsetWidth) / 2;
  });
