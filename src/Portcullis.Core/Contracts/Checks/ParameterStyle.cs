namespace Portcullis.Core.Contracts.Checks;

/// <summary>How a value, list or object stands in one parameter.</summary>
internal enum ParameterStyle : byte
{
    /// <summary>One value.</summary>
    Single = 0,

    /// <summary>The name is repeated for each value.</summary>
    Repeated,
    Commas,
    Spaces,
    Pipes,
    Tabs,

    /// <summary>The value is JSON text.</summary>
    Json,

    /// <summary>Only its presence is held (lists and objects in matrix and label style, exploded cookies, whole query strings).</summary>
    Opaque,

    /// <summary>An object's members as query parameters <c>name[member]</c>.</summary>
    DeepObject,

    /// <summary>An object's members as query parameters of their own.</summary>
    ExplodedObject,

    /// <summary>An object as <c>a,1,b,2</c>.</summary>
    PairCommas,
    PairSpaces,
    PairPipes,

    /// <summary>An object as <c>a=1,b=2</c>.</summary>
    AssignedCommas,

    /// <summary>One value behind a dot.</summary>
    Label,

    /// <summary>One value behind <c>;name=</c>.</summary>
    Matrix,
}
