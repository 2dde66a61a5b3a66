namespace Portcullis.Core.Contracts.Documents;

/// <summary>The versions of OpenAPI that differ in meaning; 3.2 is read as 3.1.</summary>
internal enum OpenApiVersion : byte
{
    V20,
    V30,
    V31,
}
