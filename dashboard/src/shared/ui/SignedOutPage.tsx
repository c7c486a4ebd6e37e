import { Anchor, Box, Card, Container, Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { Link } from "react-router";
import { useI18n } from "../../i18n";
import { Brand } from "./Brand";
import { Preferences } from "./Preferences";

/** A page for signed-out users: one card with one action. */
export function SignedOutPage({
  title,
  lead,
  children,
  back = true,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
  back?: boolean;
}) {
  const { t } = useI18n();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Roundtable`;
  }, [title]);
  return (
    <Box mih="100dvh" bg="light-dark(var(--mantine-color-gray-0), var(--mantine-color-dark-8))">
      <Container size={440} py="md" px="md">
        <Group justify="space-between" component="header" mb={{ base: "md", sm: 48 }}>
          <Brand />
          <Preferences />
        </Group>
        <main>
          <Card withBorder padding="lg" shadow="sm">
            <Stack>
              <div>
                <Title order={1} ref={heading}>
                  {title}
                </Title>
                {lead && (
                  <Text c="dimmed" mt={4}>
                    {lead}
                  </Text>
                )}
              </div>
              {children}
            </Stack>
          </Card>
          {back && (
            <Text ta="center" mt="md" size="sm">
              <Anchor component={Link} to="/sign-in">
                {t("auth.toSignIn")}
              </Anchor>
            </Text>
          )}
        </main>
      </Container>
    </Box>
  );
}
