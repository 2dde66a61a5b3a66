namespace Portcullis.Sample.Telecom;

/// <summary>How the sample is started.</summary>
public sealed record TelecomOptions
{
    public Uri Listen { get; init; } = new("http://127.0.0.1:5001");

    /// <summary>Size of the population, 1 to 7,000,000.</summary>
    public int Customers { get; init; } = 20_000;
}
