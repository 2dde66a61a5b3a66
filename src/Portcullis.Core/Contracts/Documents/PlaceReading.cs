using System.Globalization;
using Portcullis.Core.Json;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>Reads typed values out of places and reports those of the wrong type.</summary>
internal static class PlaceReading
{
    public static bool ReadFlag(this ContractTree tree, Place place, string name)
    {
        if (place.Find(name) is not { } at)
        {
            return false;
        }
        if (at.Flag is { } flag)
        {
            return flag;
        }
        tree.Report(at, $"'{name}' is neither true nor false.", "Write true or false, without quotes.");
        return false;
    }

    public static string? ReadText(this ContractTree tree, Place place, string name)
    {
        if (place.Find(name) is not { } at)
        {
            return null;
        }
        if (at.Text is { } text)
        {
            return text;
        }
        tree.Report(at, $"'{name}' is not text.", "Write it as a string.");
        return null;
    }

    /// <summary>A count of 0 or more; <paramref name="otherwise"/> when it is absent.</summary>
    public static int ReadCount(this ContractTree tree, Place place, string name, int otherwise)
    {
        if (place.Find(name) is not { } at)
        {
            return otherwise;
        }
        if (
            at.NumberText is { } text
            && double.TryParse(text, CultureInfo.InvariantCulture, out var value)
            && value >= 0
            && Math.Floor(value) == value
        )
        {
            return (int)Math.Min(value, int.MaxValue);
        }
        tree.Report(at, $"'{name}' is not a whole number of 0 or more.", "Write a whole number, without quotes.");
        return otherwise;
    }

    public static JsonNumber? ReadNumber(this ContractTree tree, Place place, string name)
    {
        if (place.Find(name) is not { } at)
        {
            return null;
        }
        if (at.NumberText is { } text)
        {
            return JsonNumber.Read(System.Text.Encoding.UTF8.GetBytes(text));
        }
        tree.Report(at, $"'{name}' is not a number.", "Write a number, without quotes.");
        return null;
    }

    /// <summary>A member that must be an object when it is there.</summary>
    public static Place? ReadObject(this ContractTree tree, Place place, string name)
    {
        if (place.Find(name) is not { } at)
        {
            return null;
        }
        if (at.IsObject)
        {
            return at;
        }
        tree.Report(at, $"'{name}' is not an object.", "Write it as an object with members.");
        return null;
    }

    /// <summary>Items of a member that must be a list when it is there.</summary>
    public static IReadOnlyList<Place> ReadList(this ContractTree tree, Place place, string name)
    {
        if (place.Find(name) is not { } at)
        {
            return [];
        }
        if (at.Node is System.Text.Json.Nodes.JsonArray)
        {
            return [.. at.Items()];
        }
        tree.Report(at, $"'{name}' is not a list.", "Write it as a list.");
        return [];
    }
}
