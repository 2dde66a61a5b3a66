using System.Text;
using Portcullis.Core.Policy.Options;

namespace Portcullis.Core.Policy.Reading;

/// <summary>Reads <c>portcullis.yaml</c> with the environment and the flags laid over it; every error at once, each with its place.</summary>
public static class PolicyReader
{
    /// <summary>Most bytes of a policy file.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Reads a policy text alone.</summary>
    public static PolicyReading Read(string text, string fileName) => Read(text, fileName, []);

    /// <summary>Reads a policy text and lays settings over it.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="fileName">Its name, for errors.</param>
    /// <param name="settings">Environment variables and flags; later ones win.</param>
    /// <param name="isFile">False when there is no file and the settings say everything.</param>
    public static PolicyReading Read(string text, string fileName, IReadOnlyList<PolicySetting> settings, bool isFile = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        var errors = new List<PolicyError>();
        var origins = new PolicyOrigins();
        if (Encoding.UTF8.GetByteCount(text) > MaxBytes)
        {
            errors.Add(
                new PolicyError(
                    new PolicyOrigin(fileName, 1, 1),
                    "",
                    "The file is larger than 1 MiB.",
                    "Split off what is not policy."
                )
            );
            return new PolicyReading(null, origins, errors);
        }
        var root = isFile ? YamlTree.Read(text, fileName, errors) : new MapNode(new PolicyOrigin(fileName, 1, 1));
        if (root is ScalarNode { IsEmpty: true })
        {
            errors.Add(new PolicyError(root.Origin, "", "The file is empty.", "Write at least `upstreams` with one `address`."));
            return new PolicyReading(null, origins, errors);
        }
        if (root is null)
        {
            return new PolicyReading(null, origins, errors);
        }
        if (root is MapNode map)
        {
            PolicyOverlay.Apply(map, settings, errors);
        }
        var options = (GatewayOptions)
            new PolicyBinder(origins, errors).Section(OptionSection.Of(typeof(GatewayOptions)), root, "");
        return new PolicyReading(
            options,
            origins,
            [.. errors.OrderBy(error => error.Origin.Line).ThenBy(error => error.Origin.Column)]
        );
    }
}
