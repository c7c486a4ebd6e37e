type News = { session: string | null };

/** Where the browser lacks or blocks the channel, tabs notice a change with their next request. */
const channel = open();
let last: string | null | undefined;

function open() {
  try {
    return new BroadcastChannel("roundtable.session");
  } catch {
    return undefined;
  }
}

/** Tells the other tabs which session the browser has now, null if none, unless they know. */
export function tellOtherTabs(session: string | null) {
  if (session !== last) {
    last = session;
    channel?.postMessage({ session } satisfies News);
  }
}

/** Calls back when another tab has another session than this one has heard of. */
export function onOtherTabs(listener: () => void) {
  channel?.addEventListener("message", ({ data }: MessageEvent<News>) => {
    if (data.session !== last) {
      last = data.session;
      listener();
    }
  });
}
