using Microsoft.OpenApi.Reader;
using Microsoft.OpenApi.YamlReader;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>Adds what the OpenAPI library objects to in a contract that is usable all the same.</summary>
internal static class SpecificationNotes
{
    private const int MaxNotes = 50;

    public static void Add(ContractTree tree, Place root)
    {
        if (root.Node is not { } node)
        {
            return;
        }
        try
        {
            var settings = new OpenApiReaderSettings { LoadExternalRefs = false };
            var result = OpenApiYamlReader.Read(node, new Uri("file:///contract"), settings);
            foreach (var error in result.Diagnostic?.Errors.Take(MaxNotes) ?? [])
            {
                var (message, pointer) = Parts(error.Message, error.Pointer?.TrimStart('#') ?? "");
                var at = tree.Find(root, pointer) ?? new Place(root.Source, null, pointer);
                tree.Note(at, message, "Correct it for the sake of other tools.");
            }
        }
#pragma warning disable CA1031 // The library throws on some documents that are usable; what it thinks is only a note.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            tree.Note(root, $"The OpenAPI library cannot read it ({fault.GetType().Name}).", "Nothing needs to be done.");
        }
    }

    // Some messages end with the place that they lack as a pointer.
    private static (string Message, string Pointer) Parts(string message, string pointer)
    {
        const string At = " at #/";
        var at = message.LastIndexOf(At, StringComparison.Ordinal);
        if (at >= 0)
        {
            pointer = message[(at + At.Length - 1)..].TrimEnd('.');
            message = message[..at];
        }
        return (message.EndsWith('.') ? message : message + ".", pointer.Length == 1 ? "" : pointer);
    }
}
