#ifndef CHARNESS_XML_H
#define CHARNESS_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// UTF-8 bytes that live as long as the callback that got them. `bytes` is NULL when absent.
typedef struct CHarnessXMLText {
  const uint8_t *_Nullable bytes;
  size_t count;
} CHarnessXMLText;

/// A name with its namespace resolved. Names of one document that are equal share their bytes.
typedef struct CHarnessXMLName {
  CHarnessXMLText local;
  CHarnessXMLText namespaceURI;
} CHarnessXMLName;

/// An attribute, its value with references replaced.
typedef struct CHarnessXMLAttribute {
  CHarnessXMLName name;
  CHarnessXMLText value;
} CHarnessXMLAttribute;

/// What the parser reports, in document order. CDATA sections are text.
typedef struct CHarnessXMLEvents {
  void (*startElement)(void *context, CHarnessXMLName name,
                       const CHarnessXMLAttribute *_Nullable attributes, size_t attributeCount);
  void (*endElement)(void *context, CHarnessXMLName name);
  void (*text)(void *context, CHarnessXMLText text);
} CHarnessXMLEvents;

/// What a document may not exceed.
typedef struct CHarnessXMLLimits {
  /// Elements inside each other.
  size_t depth;
  /// Bytes of one attribute's value; a tag, a comment or an instruction may have four times as many.
  size_t attributeBytes;
  /// Different names of elements, attributes and instructions, prefixes and namespaces, all together.
  size_t names;
  /// Namespaces declared by an element and the elements that it is in.
  size_t namespaces;
} CHarnessXMLLimits;

/// Why a document was given up.
typedef enum __attribute__((enum_extensibility(closed))) CHarnessXMLProblem {
  CHarnessXMLProblemNone = 0,
  CHarnessXMLProblemNotWellFormed = 1,
  /// A document type declaration: refused, because entities come with it.
  CHarnessXMLProblemDoctype = 2,
  CHarnessXMLProblemTooDeep = 3,
  CHarnessXMLProblemAttributeTooLong = 4,
  CHarnessXMLProblemOutOfMemory = 5,
  /// `charness_xml_parser_stop` was called.
  CHarnessXMLProblemStopped = 6,
  /// An element has more attributes and namespace declarations than any vocabulary needs.
  CHarnessXMLProblemTooManyAttributes = 7,
  /// A tag, a comment or an instruction does not end within its limit.
  CHarnessXMLProblemMarkupTooLong = 8,
  CHarnessXMLProblemTooManyNames = 9,
  CHarnessXMLProblemTooManyNamespaces = 10,
} CHarnessXMLProblem;

/// A push parser over libxml2's SAX2, without network, DTD or entity expansion.
typedef struct CHarnessXMLParser CHarnessXMLParser;

/// NULL when memory ran out. `context` is handed to every callback.
CHarnessXMLParser *_Nullable charness_xml_parser_create(CHarnessXMLEvents events, void *context,
                                                        CHarnessXMLLimits limits);

/// Parses `count` more bytes; the encoding is found from the first ones. False after a problem.
bool charness_xml_parser_feed(CHarnessXMLParser *parser, const uint8_t *_Nullable bytes,
                              size_t count);

/// Says that the document has ended. False after a problem.
bool charness_xml_parser_finish(CHarnessXMLParser *parser);

/// Ends parsing from inside a callback; no further callback comes.
void charness_xml_parser_stop(CHarnessXMLParser *parser);

/// What went wrong first, where (counted from 1), and in libxml2's words (never NULL).
CHarnessXMLProblem charness_xml_parser_problem(const CHarnessXMLParser *parser);
int64_t charness_xml_parser_line(const CHarnessXMLParser *parser);
const char *charness_xml_parser_message(const CHarnessXMLParser *parser);

void charness_xml_parser_destroy(CHarnessXMLParser *_Nullable parser);

#pragma clang assume_nonnull end

#endif
