import { Button, Popover, Select, SimpleGrid, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useI18n } from "../../../i18n";
import { useFormat } from "../../../shared/lib/format";
import { useMay } from "../../../shared/lib/session";
import { DateField } from "../../../shared/ui/DateField";
import { Icon } from "../../../shared/ui/Icon";
import { useRoles } from "../roles/api/listRoles";
import type { UserFilterState } from "./useUserFilter";

/** The search, the order and the filters. */
export function UserFilters({ state, search: field }: { state: UserFilterState; search: RefObject<HTMLInputElement | null> }) {
  const { t } = useI18n();
  const roles = useRoles(useMay()("listRoles"));
  const { zone } = useFormat();
  const { query, set, filters } = state;
  const committed = query.get("search") ?? "";
  const [search, setSearch] = useState(committed);
  // Committed searches return late, several at once on a busy machine: none may overwrite text typed since.
  const own = useRef([committed]);
  const commit = useDebouncedCallback((text: string) => {
    own.current.push(text.trim());
    // The first letter leads to the results; with the others they only change.
    set({ search: text.trim() }, committed !== "");
  }, 300);
  useEffect(() => {
    const known = own.current.indexOf(committed);
    if (known < 0) {
      own.current = [committed];
      setSearch(committed);
    } else {
      own.current.splice(0, known);
    }
  }, [committed]);
  const yesNo = [
    { value: "true", label: t("yes") },
    { value: "false", label: t("no") },
  ];
  const clearable = { clearable: true, clearButtonProps: { "aria-label": t("clear") } } as const;
  return (
    <>
      <TextInput
        ref={field}
        type="search"
        placeholder={t("users.searchHint")}
        aria-label={t("users.search")}
        leftSection={<Icon name="search" />}
        style={{ flex: "1 1 220px", maxWidth: 420 }}
        value={search}
        onChange={(e) => {
          setSearch(e.currentTarget.value);
          commit(e.currentTarget.value);
        }}
      />
      <Select
        aria-label={t("users.sort")}
        w={210}
        allowDeselect={false}
        value={`${state.filter.sort}:${state.filter.order}`}
        data={(
          [
            "createdAt:desc",
            "createdAt:asc",
            "name:asc",
            "name:desc",
            "email:asc",
            "email:desc",
            "lastSeenAt:desc",
            "lastSeenAt:asc",
          ] as const
        ).map((value) => ({ value, label: t(`sort.${value}`) }))}
        onChange={(value) => {
          const [sort, order] = (value ?? "").split(":");
          set({ sort, order });
        }}
      />
      {/* Closes when the button is released, after a date that was being typed has been used. */}
      <Popover position="bottom-start" width={320} trapFocus withinPortal clickOutsideEvents={["mouseup"]}>
        <Popover.Target>
          <Button variant="default">{filters > 0 ? t("filter.some", { count: filters }) : t("filter.title")}</Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t("filter.title")}>
          <SimpleGrid cols={1} spacing="sm">
            <Select
              label={t("users.role")}
              placeholder={t("any")}
              data={roles.data?.map((r) => r.name) ?? []}
              value={query.get("role")}
              comboboxProps={{ withinPortal: false }}
              {...clearable}
              onChange={(role) => set({ role })}
            />
            <Select
              label={t("users.banned")}
              placeholder={t("any")}
              data={yesNo}
              value={query.get("banned")}
              comboboxProps={{ withinPortal: false }}
              {...clearable}
              onChange={(banned) => set({ banned })}
            />
            <Select
              label={t("users.verified")}
              placeholder={t("any")}
              data={yesNo}
              value={query.get("emailVerified")}
              comboboxProps={{ withinPortal: false }}
              {...clearable}
              onChange={(emailVerified) => set({ emailVerified })}
            />
            {(["createdFrom", "createdTo", "lastSeenFrom"] as const).map((name) => (
              <DateField key={name} label={t(`users.${name}`)} value={query.get(name) ?? ""} onCommit={(day) => set({ [name]: day })} />
            ))}
            <Text size="xs" c="dimmed">
              {t("zone", { zone })}
            </Text>
          </SimpleGrid>
        </Popover.Dropdown>
      </Popover>
    </>
  );
}
