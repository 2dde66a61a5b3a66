namespace Portcullis.Core.Contracts.Documents;

/// <summary>Reads what an operation, or else the document, says of credentials.</summary>
internal sealed class SecurityReader(ContractTree tree, Place root)
{
    public DeclaredOperation Read(DeclaredOperation declared, Place operation)
    {
        var holder = operation.Has("security") ? operation : root;
        if (holder.Has("security") && holder.Find("security") is null)
        {
            tree.Report(
                holder.Nothing("security"),
                "'security' holds nothing, which would open the operation to everybody.",
                "Write [] if it is open, else what it asks for."
            );
        }
        var alternatives = tree.ReadList(holder, "security");
        var isOptional = alternatives.Count == 0;
        var scopes = Array.Empty<string>();
        foreach (var alternative in alternatives)
        {
            if (!alternative.IsObject)
            {
                tree.Report(alternative, "A security requirement is no object.", "Write it as {scheme: [scopes]}.");
                continue;
            }
            var schemes = alternative.Members().ToList();
            isOptional |= schemes.Count == 0;
            foreach (var (name, at) in schemes)
            {
                if (Schemes()?.Has(name) != true)
                {
                    tree.Report(at, $"The security scheme '{name}' is not declared.", "Declare it, or correct the name.");
                }
                if (scopes.Length == 0)
                {
                    scopes = [.. at.Items().Select(scope => scope.Text).OfType<string>()];
                }
            }
        }
        return declared with
        {
            RequiresAuthentication = !isOptional,
            DeclaresSecurity = holder.Has("security"),
            SecurityScopes = scopes,
        };
    }

    private Place? Schemes() => root.Find("securityDefinitions") ?? root.Find("components")?.Find("securitySchemes");
}
