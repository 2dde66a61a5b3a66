namespace Portcullis.Core.Policy.Reading;

/// <summary>One key of a map, with its value.</summary>
internal sealed record MapEntry(string Key, PolicyOrigin Origin, PolicyNode Value);
