import { type ComponentType, useEffect, useState } from "react";
import { useConnection } from "../shared/lib/connection";
import { retried } from "../shared/lib/retried";
import { PageFailure } from "./PageFailure";

export type Load = () => Promise<{ default: ComponentType }>;

/** The loaded component, or one that loads it later: the router itself never asks again for code that once did not load. */
export async function component(load: Load): Promise<ComponentType> {
  try {
    return (await retried(load)).default;
  } catch (e) {
    return late(load, e);
  }
}

function late(load: Load, first: unknown): ComponentType {
  let fresh = true;
  return function Late() {
    const [{ Content, error }, setState] = useState<{ Content?: ComponentType; error?: unknown }>({ error: first });
    const connection = useConnection();
    const again = async () =>
      setState(
        await retried(load).then(
          (m) => ({ Content: m.default }),
          (e: unknown) => ({ error: e }),
        ),
      );
    useEffect(() => {
      // When the server is back, and when the page is opened anew; not right after the failure.
      if (connection === "fine" && !fresh) {
        void again();
      }

      fresh = false;
    }, [connection]);
    return Content ? <Content /> : <PageFailure error={error} retry={again} />;
  };
}
