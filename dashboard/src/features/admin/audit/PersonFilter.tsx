import { Group, NativeSelect, Select } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { useMay } from "../../../shared/lib/session";
import { usePeople } from "./api/findPerson";
import { type Role, roles, type useAuditFilter } from "./useAuditFilter";

/** The user of the entries, found by name or address as in the list of users; an id of anything works too. */
export function PersonFilter({ state: { person, setPerson } }: { state: ReturnType<typeof useAuditFilter> }) {
  const { t } = useI18n();
  const may = useMay();
  const searchable = may("listUsers") && may("seeUser");
  const [text, setText] = useState("");
  const [role, setRole] = useState<Role>("user");
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const chosen = usePeople(person?.id ?? "", searchable && person !== undefined && names[person.id] === undefined);
  const people = usePeople(text, searchable && text !== (person && names[person.id]));
  const nameOf = (user: { name: string; email: string }) => `${user.name} · ${user.email}`;
  const found = people.users.map((u) => ({ value: u.id, label: nameOf(u) }));
  const own = chosen.users.find((u) => u.id === person?.id);
  const current = person && { value: person.id, label: names[person.id] ?? (own ? nameOf(own) : person.id) };
  const typed = text.trim();
  const isId = /^[\w-]{20,}$/.test(typed) && !found.some((f) => f.value === typed) && typed !== current?.value;
  const options = [...found, ...(isId ? [{ value: typed, label: t("audit.id", { id: typed }) }] : [])];
  const shown = current && !options.some((o) => o.value === current.value) ? [current, ...options] : options;
  const as = roles.find((r) => r === person?.role) ?? (person ? "subject" : role);
  const nothing = !searchable ? "audit.idHint" : typed.length < 2 ? "audit.personMore" : people.pending ? "loading" : "find.nothing";
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap" style={{ flex: "2 1 340px", minWidth: 0 }}>
      <Select
        label={t("audit.person")}
        placeholder={t(searchable ? "audit.personHint" : "audit.idHint")}
        searchable
        clearable
        clearButtonProps={{ "aria-label": t("clear") }}
        value={person?.id ?? null}
        data={shown}
        filter={({ options: all }) => all}
        onSearchChange={setText}
        nothingFoundMessage={t(nothing)}
        onChange={(id) => {
          const label = shown.find((o) => o.value === id)?.label;
          if (id && label) {
            setNames({ ...names, [id]: label });
          }

          setPerson(id ?? undefined, as);
        }}
        style={{ flex: "1 1 180px", minWidth: 0 }}
      />
      <NativeSelect
        aria-label={t("audit.role")}
        value={as}
        data={roles.map((value) => ({ value, label: t(`audit.role.${value}`) }))}
        onChange={(e) => {
          const next = roles.find((r) => r === e.currentTarget.value) ?? "user";
          setRole(next);
          if (person) {
            setPerson(person.id, next);
          }
        }}
      />
    </Group>
  );
}
