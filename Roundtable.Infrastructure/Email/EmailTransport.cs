namespace Roundtable.Infrastructure.Email;

/// <summary>The ways to send mail.</summary>
public enum EmailTransport
{
    /// <summary>Files in a folder: for development, or for a program that collects them.</summary>
    Pickup,

    /// <summary>A mail server.</summary>
    Smtp,

    /// <summary>SendGrid's Web API v3.</summary>
    SendGrid,
}
