namespace Roundtable.Application.MagicLinks;

/// <summary>What a link remembers of how it was asked for.</summary>
/// <param name="Email">The address as it was typed.</param>
/// <param name="Name">The name for a new account.</param>
/// <param name="CallbackUrl">Where to go on to; checked again when the link is used.</param>
/// <param name="IsInvitation">Whether an admin sent it: it works where sign-up is closed.</param>
public sealed record MagicLinkPayload(string Email, string? Name, string? CallbackUrl, bool IsInvitation = false);
