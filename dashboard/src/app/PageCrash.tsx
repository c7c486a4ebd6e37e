import { useQueryClient } from "@tanstack/react-query";
import { useLocation, useNavigate, useRouteError } from "react-router";
import { PageFailure } from "./PageFailure";

/** Shown when a page fails. Trying again opens it anew, with new data, which may be what it failed on. */
export function PageCrash() {
  const error = useRouteError();
  const location = useLocation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const again = async () => {
    queries.removeQueries({ type: "inactive" });
    await navigate(location, { replace: true, state: location.state as unknown });
  };
  return <PageFailure error={error} retry={again} />;
}
