namespace Roundtable.Domain.Outbox;

/// <summary>Why a delivery attempt failed.</summary>
public enum DeliveryErrorCode
{
    /// <summary>Anything else.</summary>
    Other,

    /// <summary>Nothing answers at the address.</summary>
    Unreachable,

    /// <summary>There was no answer in time.</summary>
    TimedOut,

    /// <summary>The credentials are rejected.</summary>
    Unauthorized,

    /// <summary>A secure connection is not possible.</summary>
    Insecure,

    /// <summary>The mail server does not accept mail for the mailbox.</summary>
    UnknownMailbox,

    /// <summary>The mailbox or the mail server has no space.</summary>
    Full,

    /// <summary>The message is not accepted.</summary>
    Rejected,

    /// <summary>Too many messages at once.</summary>
    TooMany,

    /// <summary>The server cannot process the message now.</summary>
    ServerError,

    /// <summary>There is no endpoint at the URL.</summary>
    NotFound,

    /// <summary>The endpoint points to another URL.</summary>
    Redirected,

    /// <summary>The endpoint answered 410 and is switched off.</summary>
    Gone,

    /// <summary>The endpoint is switched off.</summary>
    EndpointOff,

    /// <summary>The file could not be written.</summary>
    NotWritten,
}
