import { Combobox, Group, Loader, Text, TextInput, useCombobox } from "@mantine/core";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { useI18n } from "../../i18n";
import { Dialog } from "../../shared/ui/Dialog";
import { Failure } from "../../shared/ui/Failure";
import { Icon } from "../../shared/ui/Icon";
import { UserAvatar } from "../../shared/ui/UserAvatar";
import { type Found, useFound } from "./useFound";

/** Finds users, pages and actions of the open page, by keyboard or pointer. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Dialog onClose={onClose} title={t("find.title")} size="lg" yOffset="10vh">
      <Search onClose={onClose} />
    </Dialog>
  );
}

function Search({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const id = useId();
  const store = useCombobox({ opened: true });
  const [text, setText] = useState("");
  // None before something is typed: a key pressed too often does nothing.
  const [active, setActive] = useState(-1);
  const { groups, pending, error } = useFound(text);
  const all = groups.flatMap((g) => g.items);
  const index = Math.min(active, all.length - 1);
  const chosen = all[index];
  const optionId = (found: Found) => `${id}-${found.key.replace(/\s+/g, "-")}`;
  const activeId = chosen && optionId(chosen);
  useEffect(() => {
    if (activeId) {
      document.getElementById(activeId)?.scrollIntoView({ block: "nearest" });
    }
  }, [activeId]);
  const run = (found: Found | undefined) => {
    if (found) {
      onClose();
      found.run();
    }
  };
  const press = (e: KeyboardEvent) => {
    const steps: Partial<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[e.key];
    if (e.nativeEvent.isComposing || (step === undefined && e.key !== "Enter")) {
      return;
    }

    e.preventDefault();
    if (step === undefined) {
      run(chosen);
    } else if (all.length > 0) {
      setActive((Math.max(index, step > 0 ? -1 : 0) + step + all.length) % all.length);
    }
  };
  const status = all.length > 0 ? t("find.count", { count: all.length }) : pending ? t("loading") : error ? "" : t("find.nothing");
  return (
    <Combobox store={store} onOptionSubmit={(key) => run(all.find((f) => f.key === key))}>
      {/* The dialog's own state, so that a screen reader hears which option Enter takes, also after the list has changed. */}
      <TextInput
        aria-label={t("find.title")}
        placeholder={t("find.hint")}
        leftSection={<Icon name="search" />}
        rightSection={pending && <Loader size="xs" />}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={all.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={activeId}
        data-autofocus
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={text}
        onKeyDown={press}
        onChange={(e) => {
          setText(e.currentTarget.value);
          setActive(e.currentTarget.value.trim() ? 0 : -1);
        }}
      />
      <Text size="xs" c="dimmed" role="status" mt="xs">
        {status}
      </Text>
      <Failure error={error} />
      <Combobox.Options id={`${id}-list`} aria-label={t("find.title")} mt="xs" mah="50dvh" style={{ overflowY: "auto" }}>
        {groups.map((group) => (
          <Combobox.Group key={group.title} label={group.title}>
            {group.items.map((found) => (
              <Combobox.Option
                key={found.key}
                id={optionId(found)}
                value={found.key}
                selected={found === chosen}
                aria-selected={found === chosen}
                style={{ overflowWrap: "anywhere" }}
              >
                <Group gap="sm" wrap="nowrap">
                  {found.user && <UserAvatar user={found.user} size={32} />}
                  <div style={{ minWidth: 0 }}>
                    <Text size="sm">{found.label}</Text>
                    {found.hint && (
                      <Text size="xs" c={found === chosen ? undefined : "dimmed"}>
                        {found.hint}
                      </Text>
                    )}
                  </div>
                </Group>
              </Combobox.Option>
            ))}
          </Combobox.Group>
        ))}
      </Combobox.Options>
    </Combobox>
  );
}
