namespace Roundtable.Application.MagicLinks;

/// <summary>The data of the request for a link.</summary>
/// <param name="Email">The address as typed.</param>
/// <param name="Name">The name for a new account.</param>
/// <param name="CallbackUrl">The URL to continue to; checked again when the link is used.</param>
/// <param name="IsInvitation">Whether an admin sent it: it works even if sign-up is disabled.</param>
/// <param name="IpAddress">The IP address of the request.</param>
/// <param name="Device">The browser and system of the request.</param>
public sealed record MagicLinkPayload(
    string Email,
    string? Name,
    string? CallbackUrl,
    bool IsInvitation = false,
    string? IpAddress = null,
    string? Device = null
);
