import { Navigate } from "react-router";
import { useMay } from "../shared/lib/session";

export function Home() {
  const may = useMay();
  return <Navigate to={may("users:list") ? "/admin" : "/account/profile"} replace />;
}
