using System.Security.Cryptography;
using System.Text;

namespace Portcullis.Core.Contracts.Exposed;

/// <summary>A way in which real APIs lost data, as far as a contract alone can show that it is open.</summary>
public abstract class ExposurePattern
{
    /// <summary>Stable id.</summary>
    public abstract string Id { get; }

    /// <summary>The incidents that went this way.</summary>
    public abstract string Breach { get; }

    /// <summary>What in the contract makes it fit; null when it does not.</summary>
    /// <param name="operation">The one asked about.</param>
    /// <param name="all">All operations of the contract.</param>
    public abstract string? Why(DeclaredOperation operation, IReadOnlyList<DeclaredOperation> all);

    /// <summary>The one line of policy that stops it.</summary>
    public abstract string PolicyLine(DeclaredOperation operation);

    /// <summary>A line that sets one word of the operation.</summary>
    private protected static string OperationLine(DeclaredOperation operation, string words) =>
        $"operations: {{ \"{operation.Id}\": {{ {words} }} }}";

    /// <summary>A line that closes the operation: to callers without credentials, or, where it asks for them already, to all but one role.</summary>
    private protected static string ClosingLine(DeclaredOperation operation, string role) =>
        OperationLine(
            operation,
            operation.RequiresAuthentication ? $"ownership: [ 'token.role == \"{role}\"' ]" : "authentication: required"
        );

    /// <summary>A line that caps how many people one caller can reach.</summary>
    private protected string BudgetLine(DeclaredOperation operation, string words) =>
        $"budgets: [ {{ name: {BudgetName(operation)}, {words}, operations: [ \"{operation.Id}\" ] }} ]";

    // Names take letters, digits, `-`, `_` and `.`, at most 64; each line of a contract has one of its own.
    private string BudgetName(DeclaredOperation operation)
    {
        const int Longest = 64;
        var name = new StringBuilder(Id).Append('.').Append(operation.Id.ToLowerInvariant());
        for (var i = Id.Length; i < name.Length; i++)
        {
            name[i] =
                char.IsAsciiLetterOrDigit(name[i]) || name[i] is '-' or '.' ? name[i]
                : name[i] is '/' or ' ' ? '-'
                : '_';
        }
        name.Replace("--", "-");
        if (name.Length <= Longest)
        {
            return name.ToString();
        }
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(operation.Id)).AsSpan(0, 4));
        return $"{name.ToString(0, Longest - mark.Length - 1)}-{mark}";
    }
}
