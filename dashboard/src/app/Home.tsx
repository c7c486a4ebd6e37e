import { Navigate } from "react-router";
import { useMay } from "../shared/lib/session";

export function Home() {
  const may = useMay();
  return <Navigate to={may("seeOverview") ? "/admin" : "/account/profile"} replace />;
}
