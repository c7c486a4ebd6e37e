namespace Roundtable.Api.Common;

/// <summary>
/// Success can come with <c>data: null</c>; the API document says so. An attribute, as <c>typeof</c> knows no nullable reference.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MayAnswerNullAttribute : Attribute;
