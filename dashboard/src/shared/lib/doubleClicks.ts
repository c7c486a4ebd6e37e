/** How long the second click of a double-click takes, and how far the pointer moves meanwhile. */
const longestMs = 500;
const farthestPx = 6;

const clickable = "button, a, input, select, textarea, summary, label, [role=option]";

let last: { at: number; x: number; y: number; control: Element | null } | null = null;

/** What the click is for: the control itself, also if it is clicked by its label. */
function controlOf(target: EventTarget | null) {
  const control = target instanceof Element ? target.closest(clickable) : null;
  return control instanceof HTMLLabelElement ? control.control : control;
}

/**
 * Ignores the second click of a double-click on another control than the first: one that has just taken its place, such as the button of
 * the next row when the row is gone. Two clicks on the same control arrive: `useMutation` sends once.
 */
window.addEventListener(
  "click",
  (e) => {
    // Neither the keyboard nor a program has a place.
    if (e.detail === 0) {
      return;
    }

    const control = controlOf(e.target);
    const again = last && e.timeStamp - last.at < longestMs && Math.hypot(e.clientX - last.x, e.clientY - last.y) <= farthestPx;
    if (again && control && last?.control && control !== last.control) {
      e.preventDefault();
      e.stopPropagation();
      return;
    }

    last = { at: e.timeStamp, x: e.clientX, y: e.clientY, control };
  },
  true,
);

// What happens in between makes the next click one of its own.
["keydown", "popstate"].forEach((event) => window.addEventListener(event, () => (last = null), true));
