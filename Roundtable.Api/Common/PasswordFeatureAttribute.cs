namespace Roundtable.Api.Common;

/// <summary>Exists only where passwords do: with <c>Auth:Password:Enabled=false</c> the endpoint answers 404.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class PasswordFeatureAttribute : Attribute;
