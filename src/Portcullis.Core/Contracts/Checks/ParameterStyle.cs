namespace Portcullis.Core.Contracts.Checks;

/// <summary>How a list stands in one parameter.</summary>
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

    /// <summary>Only its presence is held (objects, matrix and label style).</summary>
    Opaque,
}
