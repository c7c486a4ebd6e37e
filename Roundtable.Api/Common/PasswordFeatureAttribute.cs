namespace Roundtable.Api.Common;

/// <summary>Disables the endpoint along with passwords: with <c>Auth:Password:Enabled=false</c> it returns 404.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class PasswordFeatureAttribute : Attribute;
