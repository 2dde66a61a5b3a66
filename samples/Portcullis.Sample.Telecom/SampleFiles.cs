using System.Reflection;

namespace Portcullis.Sample.Telecom;

/// <summary>The files that ship with the sample.</summary>
public static class SampleFiles
{
    /// <summary>The OpenAPI document, as YAML.</summary>
    public static string Contract => Read("openapi.yaml");

    /// <summary>The policy that protects the sample, as YAML.</summary>
    public static string Policy => Read("portcullis.yaml");

    public static string SigningKey => Read("dev-signing-key.txt");

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
