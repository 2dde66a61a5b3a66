using Portcullis.Core.Expressions;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>Compiles written conditions, of which all must hold.</summary>
internal static class Conditions
{
    /// <summary>The conditions joined; null when there are none or any is wrong.</summary>
    /// <param name="written">The texts.</param>
    /// <param name="path">The key; a list's entries are found below it.</param>
    /// <param name="scope">What they may ask about.</param>
    /// <param name="report">Takes every error.</param>
    public static Expression? Compile(List<string> written, string path, ExpressionScope scope, PolicyReport report)
    {
        var parts = new List<Expression>();
        for (var i = 0; i < written.Count; i++)
        {
            if (ExpressionParser.TryParse(written[i], scope, out var expression, out var error))
            {
                parts.Add(expression);
                continue;
            }
            var place = path.EndsWith(".members", StringComparison.Ordinal) ? path : $"{path}[{i}]";
            report.AddAt(
                place,
                error.Position,
                $"{error.Message} (At character {error.Position + 1} of the condition.)",
                error.Remedy
            );
        }
        return parts.Count switch
        {
            0 => null,
            1 => parts[0],
            _ => new AllExpression([.. parts]),
        };
    }
}
