import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { UserDto } from "@roundtable/client";
import { useLocation, useNavigate } from "react-router";
import { useI18n } from "../../i18n";
import { commandsOfPage } from "../../shared/lib/commands";
import { useMay } from "../../shared/lib/session";
import { usePages } from "../Navigation";
import { findUsers } from "../../shared/lib/findUsers";

export interface Found {
  key: string;
  label: string;
  hint?: string;
  user?: UserDto;
  run: () => void;
}

/** What fits the text: actions of the open page, pages, and users. Users of an earlier text are never shown for a later one. */
export function useFound(text: string) {
  const { t } = useI18n();
  const may = useMay();
  const navigate = useNavigate();
  const pages = usePages();
  const wanted = text.trim();
  const [settled] = useDebouncedValue(wanted, 200);
  const searchable = wanted.length > 1 && may("listUsers") && may("seeUser");
  const users = useQuery({
    queryKey: ["admin", "found", settled],
    enabled: searchable && settled.length > 1,
    queryFn: ({ signal }) => findUsers(settled, signal),
  });
  const fits = (label: string) =>
    wanted
      .toLowerCase()
      .split(/\s+/)
      .every((word) => label.toLowerCase().includes(word));
  const current = searchable && settled === wanted;
  const { pathname } = useLocation();
  // The open page is no new step on the way back.
  const open = (path: string) => () => void navigate(path, { replace: path === pathname });
  const actions: Found[] = commandsOfPage().map(({ label, run }) => ({ key: label, label, run }));
  const places: Found[] = pages.map((p) => ({ key: p.to, label: t(p.text), hint: t(p.area), run: open(p.to) }));
  const people: Found[] = (users.data ?? []).map((u) => ({
    key: u.id,
    label: u.name,
    hint: u.email,
    user: u,
    run: open(`/admin/users/${u.id}`),
  }));
  const groups = [
    { title: t("find.actions"), items: actions.filter((f) => fits(f.label)) },
    { title: t("find.pages"), items: places.filter((f) => fits(`${f.label} ${f.hint}`)) },
    { title: t("users.title"), items: current ? people : [] },
  ].filter((g) => g.items.length > 0);
  return { groups, pending: searchable && (!current || users.isFetching), error: current ? users.error : null };
}
