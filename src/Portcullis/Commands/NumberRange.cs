using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Portcullis.Commands;

/// <summary>Reads options whose values are numbers of a range, and says the range to whoever leaves it.</summary>
internal static class NumberRange
{
    /// <summary>A parser of the numbers from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static Func<ArgumentResult, T> Of<T>(T least, T most)
        where T : struct, INumber<T> => result => Read(result, least, most);

    /// <summary>The number given; whatever is none of the range is an error.</summary>
    public static T Read<T>(ArgumentResult result, T least, T most)
        where T : struct, INumber<T>
    {
        var isWhole = typeof(T) != typeof(double);
        var style = isWhole ? NumberStyles.AllowLeadingSign : NumberStyles.Float;
        var text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
        if (T.TryParse(text, style, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }
        var kind = isWhole ? "whole number" : "number";
        result.AddError(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{KnownWords.NameOf(result)} '{text}': must be a {kind} from {least} to {most}."
            )
        );
        return least;
    }
}
