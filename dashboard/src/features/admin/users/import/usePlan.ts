import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useProfileFields } from "../../../../shared/lib/profileFields";
import { guess, isPlain, type Plan, type Target } from "./columns";
import { readSample } from "./csv";

let files = 0;
const numbers = new WeakMap<File, number>();

/** A file has no identity of its own: a changed one may have the same name and size. */
function numberOf(file: File) {
  const number = numbers.get(file) ?? ++files;
  numbers.set(file, number);
  return number;
}

export const isCsv = (file: File) => file.name.toLowerCase().endsWith(".csv");

/** How a file is sent: the beginning of a CSV file, and what its columns become. An earlier choice for the same file stays. */
export function usePlan(file: File | null, former: Plan | undefined) {
  const fields = useProfileFields();
  const csv = file !== null && isCsv(file);
  const sample = useQuery({
    queryKey: ["import-sample", file && numberOf(file)],
    enabled: csv && file.size > 0,
    staleTime: Infinity,
    // Nothing is asked of a server.
    networkMode: "always",
    queryFn: () => readSample(file as File),
  });
  const [chosen, setChosen] = useState<{ file: File | null; targets: readonly (Target | undefined)[] }>();
  const isReady = sample.data !== undefined && !fields.isPending;
  const targets =
    chosen?.file === file ? chosen.targets : (former?.targets ?? (isReady ? guess(sample.data.headings, fields.data ?? []) : []));
  const plan: Plan | undefined = isReady ? { ...sample.data, targets } : undefined;
  return {
    fields: fields.data ?? [],
    fieldsAreKnown: fields.isSuccess,
    sample: isReady ? sample.data : undefined,
    error: sample.error ?? fields.error,
    targets,
    setTargets: (next: readonly (Target | undefined)[]) => setChosen({ file, targets: next }),
    /** Absent if the file is sent as it is. */
    plan: plan && !isPlain(plan) ? plan : undefined,
    /** Whether something has to be decided first. */
    isOpen: csv && file.size > 0 && (!plan || targets.includes(undefined) || !targets.includes("email")),
    isPlain: plan !== undefined && isPlain(plan),
  };
}
