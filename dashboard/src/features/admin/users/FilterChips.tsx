import { Button, CloseIcon } from "@mantine/core";
import { useI18n } from "../../../i18n";
import { useFilterWords } from "./useFilterWords";
import type { UserFilterState } from "./useUserFilter";

/** The filters in words; a click removes one. */
export function FilterChips({ state }: { state: UserFilterState }) {
  const { t } = useI18n();
  const words = useFilterWords()(state.query);
  return (
    <>
      {words.map(({ name, text }) => (
        <Button
          key={name}
          size="compact-sm"
          radius="xl"
          variant="light"
          maw="100%"
          rightSection={<CloseIcon size="14" aria-hidden />}
          aria-label={t("chip.remove", { filter: text })}
          onClick={() => state.set({ [name]: null })}
        >
          {text}
        </Button>
      ))}
      {state.filtered && (
        <Button size="compact-sm" variant="subtle" onClick={state.clear}>
          {t("filter.clear")}
        </Button>
      )}
    </>
  );
}
