import { Avatar, type AvatarProps } from "@mantine/core";

interface Props extends Pick<AvatarProps, "size"> {
  user: { name: string; picture?: { url: string } | null };
  /** The address of a picture on another server, which learns who is looking; shown if there is no uploaded one. */
  foreign?: string | null;
}

/** A user's uploaded picture, which this server has, or the initials. The name is beside it. */
export function UserAvatar({ user, foreign, size = 36 }: Props) {
  return (
    <Avatar
      name={user.name}
      src={user.picture?.url ?? foreign ?? null}
      imageProps={{ loading: "lazy", decoding: "async" }}
      color="indigo"
      radius="50%"
      size={size}
      alt=""
      aria-hidden
    />
  );
}
