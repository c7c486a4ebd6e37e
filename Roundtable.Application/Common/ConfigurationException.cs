namespace Roundtable.Application.Common;

/// <summary>A setting that the application cannot start with. The message names the key and never shows the value.</summary>
public sealed class ConfigurationException(string key, string problem, Exception? inner = null) : Exception($"{key} {problem}.", inner);
