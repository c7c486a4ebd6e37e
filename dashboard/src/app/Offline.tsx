import { Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useI18n } from "../i18n";
import { authApi } from "../shared/lib/clients";
import { useConnection } from "../shared/lib/connection";
import classes from "./Offline.module.css";

const pause = 2000;

/** A bar while the server is away. It asks now and then; with the first answer, what failed meanwhile is loaded again. */
export function Offline() {
  const { t } = useI18n();
  const queries = useQueryClient();
  const connection = useConnection();
  const away = connection === "away";
  useQuery({
    queryKey: ["connection"],
    queryFn: async ({ signal }) => (await authApi.getAuthMethods(signal)).data,
    enabled: connection !== "fine",
    refetchInterval: pause,
    retry: false,
    networkMode: "always",
    staleTime: 0,
    gcTime: 0,
  });
  const goOn = () => void queries.refetchQueries({ type: "active", predicate: (q) => q.state.status === "error" });
  useEffect(() => (away ? goOn : undefined), [away]);
  // The role is there before the text, or screen readers would not announce it.
  return (
    <div role="status">
      {away && (
        <Text size="sm" className={classes.bar}>
          {t("offline")}
        </Text>
      )}
    </div>
  );
}
