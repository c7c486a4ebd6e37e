namespace Roundtable.Application.Common;

/// <summary>A user who created something.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Name">The user's name.</param>
public sealed record CreatorDto(string Id, string Name);
