namespace Roundtable.Api.Common;

/// <summary>
/// Declares in the API document that <c>data</c> may be null. An attribute, because <c>typeof</c> has no nullable reference
/// types.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MayReturnNullAttribute : Attribute;
