import { Anchor, Button, Card, Group, Progress, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import { useI18n } from "../../i18n";
import { useFormat } from "../lib/format";
import { forgetJob, type Job, useJobs } from "../lib/jobs";
import { Failure } from "./Failure";
import classes from "./Jobs.module.css";

/** The background jobs: their progress, a way to cancel them, and links to their results. */
export function Jobs() {
  const { t } = useI18n();
  const jobs = useJobs();
  return jobs.length === 0 ? null : (
    <section className={classes.frame} aria-label={t("jobs.title")}>
      <Stack gap="xs">
        {jobs.map((job) => (
          <JobCard key={job.id} job={job} />
        ))}
      </Stack>
    </section>
  );
}

function JobCard({ job }: { job: Job }) {
  const { t } = useI18n();
  const format = useFormat();
  const { bytes, rows, of, share } = job.progress;
  const running = job.state === "running";
  const size =
    of !== undefined
      ? t("jobs.of", { count: rows ?? 0, of })
      : rows === undefined
        ? format.bytes(bytes)
        : `${t("jobs.rows", { count: rows })} · ${format.bytes(bytes)}`;
  return (
    <Card withBorder shadow="md" padding="sm">
      <Stack gap={6}>
        <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
          {job.name}
        </Text>
        {running && (
          <Progress
            value={share === undefined ? 100 : share * 100}
            animated={share === undefined}
            striped={share === undefined}
            aria-label={job.name}
          />
        )}
        <Text size="xs" c="dimmed">
          {size}
        </Text>
        {/* Announced when a state begins, not for every chunk. */}
        <Text size="xs" role="status">
          {t(`jobs.${running && share === undefined && rows === undefined && bytes > 0 ? "working" : job.state}`)}
        </Text>
        <Failure error={job.error} />
        <Group gap="xs">
          {running && (
            <Button size="compact-xs" variant="default" onClick={job.cancel} aria-label={t("jobs.cancelOne", { name: job.name })}>
              {t("cancel")}
            </Button>
          )}
          {!running && job.page && (
            <Anchor component={Link} size="sm" to={job.page} onClick={() => forgetJob(job.id)}>
              {t("jobs.show")}
            </Anchor>
          )}
          {!running && (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => forgetJob(job.id)}
              aria-label={t("jobs.closeOne", { name: job.name })}
            >
              {t("close")}
            </Button>
          )}
        </Group>
      </Stack>
    </Card>
  );
}
