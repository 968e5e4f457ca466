#include "CHarnessXML.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// Where pkg-config gave no search path (macOS), the SDK has the headers one folder further down.
#if __has_include(<libxml/parser.h>)
#include <libxml/SAX2.h>
#include <libxml/dict.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlversion.h>
#else
#include <libxml2/libxml/SAX2.h>
#include <libxml2/libxml/dict.h>
#include <libxml2/libxml/parser.h>
#include <libxml2/libxml/xmlerror.h>
#include <libxml2/libxml/xmlversion.h>
#endif

// libxml2 2.9 refuses one chunk above 10 MB, and a small chunk stays in the cache.
enum { chunkSize = 64 * 1024, messageSize = 256, fewAttributes = 16, fewLevels = 64 };

// libxml2 2.9 compares each attribute of an element with each other one, and scans a tag again with
// every chunk: without these bounds a small hostile document takes hours.
enum { mostAttributes = 256, mostEqualSigns = 8192, markupPerAttribute = 4 };

struct CHarnessXMLParser {
  xmlParserCtxtPtr libxml;
  CHarnessXMLEvents events;
  void *context;
  CHarnessXMLLimits limits;
  size_t depth;
  // Names that libxml2 knows before it has seen any.
  int ownNames;
  // How many namespaces are declared by each of the open elements, and by all of them.
  uint32_t *declared;
  size_t declaredCapacity;
  size_t namespacesInScope;
  // Since the last event: bytes of the tag, comment or instruction that has not ended yet.
  size_t pendingBytes;
  size_t pendingEqualSigns;
  bool hadEvent;
  CHarnessXMLProblem problem;
  int64_t line;
  char message[messageSize];
  // Grows to the widest element seen.
  CHarnessXMLAttribute *attributes;
  size_t attributeCapacity;
};

static void note(CHarnessXMLParser *parser, CHarnessXMLProblem problem, int64_t line,
                 const char *message) {
  // The first problem is the cause; those after it are its echo.
  if (parser->problem != CHarnessXMLProblemNone) return;
  parser->problem = problem;
  parser->line = line;
  size_t count = strcspn(message, "\r\n");
  if (count >= messageSize) count = messageSize - 1;
  memcpy(parser->message, message, count);
  parser->message[count] = 0;
}

static void fail(CHarnessXMLParser *parser, CHarnessXMLProblem problem, int64_t line,
                 const char *message) {
  note(parser, problem, line, message);
  xmlStopParser(parser->libxml);
}

static int64_t currentLine(const CHarnessXMLParser *parser) {
  return xmlSAX2GetLineNumber(parser->libxml);
}

static CHarnessXMLText text(const xmlChar *string) {
  CHarnessXMLText result = {string, string ? strlen((const char *)string) : 0};
  return result;
}

static CHarnessXMLName name(const xmlChar *local, const xmlChar *uri) {
  CHarnessXMLName result = {text(local), text(uri)};
  return result;
}

static bool reserve(CHarnessXMLParser *parser, size_t count) {
  if (count <= parser->attributeCapacity) return true;
  size_t capacity = count < fewAttributes ? fewAttributes : count;
  CHarnessXMLAttribute *grown = realloc(parser->attributes, capacity * sizeof *grown);
  if (!grown) return false;
  parser->attributes = grown;
  parser->attributeCapacity = capacity;
  return true;
}

static void failTooManyAttributes(CHarnessXMLParser *parser) {
  fail(parser, CHarnessXMLProblemTooManyAttributes, currentLine(parser),
       "an element has too many attributes");
}

// libxml2 keeps each name, prefix and namespace once, in a table that stops growing at 16,384 lists: with
// hundreds of thousands of them each new one takes ever longer to find.
static bool isWithinNameLimit(CHarnessXMLParser *parser) {
  int count = xmlDictSize(parser->libxml->dict) - parser->ownNames;
  if (count <= 0 || (size_t)count <= parser->limits.names) return true;
  fail(parser, CHarnessXMLProblemTooManyNames, currentLine(parser), "too many different names");
  return false;
}

// libxml2 looks a prefix up among all namespaces that are in scope, one by one, for each element.
static bool declareNamespaces(CHarnessXMLParser *parser, size_t count) {
  if (parser->depth > parser->declaredCapacity) {
    size_t capacity = parser->declaredCapacity ? parser->declaredCapacity * 2 : fewLevels;
    uint32_t *grown = realloc(parser->declared, capacity * sizeof *grown);
    if (!grown) {
      fail(parser, CHarnessXMLProblemOutOfMemory, currentLine(parser), "out of memory");
      return false;
    }
    parser->declared = grown;
    parser->declaredCapacity = capacity;
  }
  parser->declared[parser->depth - 1] = (uint32_t)count;
  parser->namespacesInScope += count;
  if (parser->namespacesInScope <= parser->limits.namespaces) return true;
  fail(parser, CHarnessXMLProblemTooManyNamespaces, currentLine(parser),
       "too many namespaces in scope");
  return false;
}

static void startElement(void *user, const xmlChar *local, const xmlChar *prefix,
                         const xmlChar *uri, int namespaceCount, const xmlChar **namespaces,
                         int attributeCount, int defaultedCount, const xmlChar **attributes) {
  (void)prefix, (void)namespaces, (void)defaultedCount;
  CHarnessXMLParser *parser = user;
  parser->hadEvent = true;
  if (parser->problem != CHarnessXMLProblemNone) return;
  if (++parser->depth > parser->limits.depth) {
    fail(parser, CHarnessXMLProblemTooDeep, currentLine(parser), "too many nested elements");
    return;
  }
  size_t count = attributeCount > 0 ? (size_t)attributeCount : 0;
  if (attributeCount > mostAttributes || namespaceCount > mostAttributes) {
    failTooManyAttributes(parser);
    return;
  }
  if (!isWithinNameLimit(parser)) return;
  if (!declareNamespaces(parser, namespaceCount > 0 ? (size_t)namespaceCount : 0)) return;
  if (!reserve(parser, count)) {
    fail(parser, CHarnessXMLProblemOutOfMemory, currentLine(parser), "out of memory");
    return;
  }
  for (size_t index = 0; index < count; index++) {
    // Five pointers for each: local name, prefix, namespace, begin and end of the value.
    const xmlChar **fields = attributes + index * 5;
    size_t length = (size_t)(fields[4] - fields[3]);
    if (length > parser->limits.attributeBytes) {
      fail(parser, CHarnessXMLProblemAttributeTooLong, currentLine(parser),
           "an attribute's value is too long");
      return;
    }
    parser->attributes[index].name = name(fields[0], fields[2]);
    parser->attributes[index].value.bytes = fields[3];
    parser->attributes[index].value.count = length;
  }
  parser->events.startElement(parser->context, name(local, uri), parser->attributes, count);
}

static void endElement(void *user, const xmlChar *local, const xmlChar *prefix,
                       const xmlChar *uri) {
  (void)prefix;
  CHarnessXMLParser *parser = user;
  parser->hadEvent = true;
  if (parser->problem != CHarnessXMLProblemNone) return;
  parser->depth--;
  parser->namespacesInScope -= parser->declared[parser->depth];
  parser->events.endElement(parser->context, name(local, uri));
}

static void characters(void *user, const xmlChar *bytes, int count) {
  CHarnessXMLParser *parser = user;
  parser->hadEvent = true;
  if (parser->problem != CHarnessXMLProblemNone || count <= 0) return;
  CHarnessXMLText run = {bytes, (size_t)count};
  parser->events.text(parser->context, run);
}

static void comment(void *user, const xmlChar *text) {
  (void)text;
  CHarnessXMLParser *parser = user;
  parser->hadEvent = true;
}

static void instruction(void *user, const xmlChar *target, const xmlChar *text) {
  (void)target, (void)text;
  CHarnessXMLParser *parser = user;
  parser->hadEvent = true;
  // Its target is a name too.
  if (parser->problem == CHarnessXMLProblemNone) isWithinNameLimit(parser);
}

// Called before the internal subset is read, so nothing in it is ever looked at.
static void doctype(void *user, const xmlChar *rootName, const xmlChar *externalID,
                    const xmlChar *systemID) {
  (void)rootName, (void)externalID, (void)systemID;
  CHarnessXMLParser *parser = user;
  fail(parser, CHarnessXMLProblemDoctype, currentLine(parser),
       "a document type declaration is not allowed");
}

#if LIBXML_VERSION >= 21200
typedef const xmlError *ErrorPointer;
#else
typedef xmlErrorPtr ErrorPointer;
#endif

static void structuredError(void *user, ErrorPointer error) {
  CHarnessXMLParser *parser = user;
  if (error->level == XML_ERR_WARNING) return;
  // Errors against the namespace rules, such as an undeclared prefix, count too: libxml2 itself would
  // parse on with the name unresolved.
  fail(parser,
       error->code == XML_ERR_NO_MEMORY ? CHarnessXMLProblemOutOfMemory
                                        : CHarnessXMLProblemNotWellFormed,
       error->line, error->message ? error->message : "not well-formed");
}

// How many names libxml2 keeps of itself, which it would put in with the first piece of the document.
static int countOwnNames(xmlDictPtr names) {
  xmlDictLookup(names, BAD_CAST "xml", -1);
  xmlDictLookup(names, BAD_CAST "xmlns", -1);
  xmlDictLookup(names, XML_XML_NAMESPACE, -1);
  return xmlDictSize(names);
}

static void initializeLibrary(void) { xmlInitParser(); }

CHarnessXMLParser *charness_xml_parser_create(CHarnessXMLEvents events, void *context,
                                              CHarnessXMLLimits limits) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, initializeLibrary);

  CHarnessXMLParser *parser = calloc(1, sizeof *parser);
  if (!parser) return NULL;
  parser->events = events;
  parser->context = context;
  parser->limits = limits;

  xmlSAXHandler handler;
  memset(&handler, 0, sizeof handler);
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = startElement;
  handler.endElementNs = endElement;
  handler.characters = characters;
  // The same function, or libxml2 would try to tell blanks from text.
  handler.ignorableWhitespace = characters;
  handler.cdataBlock = characters;
  handler.comment = comment;
  handler.processingInstruction = instruction;
  handler.internalSubset = doctype;
  handler.serror = structuredError;
  parser->libxml = xmlCreatePushParserCtxt(&handler, parser, NULL, 0, NULL);
  if (!parser->libxml) {
    free(parser);
    return NULL;
  }
  parser->ownNames = countOwnNames(parser->libxml->dict);

  // HUGE lifts libxml2's own limit of 10 MB for one text; the caller bounds the bytes. NOENT makes
  // `&amp;` in an attribute arrive as `&`, not as `&#38;`; it can expand nothing more, because no
  // entity is ever declared: the document type declaration ends the parse, and the handler knows
  // neither entityDecl nor getEntity.
  int options = XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOENT;
#if LIBXML_VERSION >= 21300
  options |= XML_PARSE_NO_XXE;
#endif
  xmlCtxtUseOptions(parser->libxml, options);
  return parser;
}

#if LIBXML_VERSION < 21200
// An error of which libxml2 knows no parser. It comes while the input is in use, so the parser must not be
// stopped here, which would free it.
static void strayError(void *user, ErrorPointer error) {
  CHarnessXMLParser *parser = user;
  if (error->level == XML_ERR_WARNING) return;
  note(parser, CHarnessXMLProblemNotWellFormed, currentLine(parser),
       error->message ? error->message : "not well-formed");
}

static void silent(void *user, const char *format, ...) { (void)user, (void)format; }
#endif

static int parseChunk(CHarnessXMLParser *parser, const uint8_t *bytes, int count, int terminate) {
#if LIBXML_VERSION < 21200
  // Errors of encodings and of input know no parser, and are printed, unless the thread has handlers for
  // them. The parser's own handler takes all others, as before.
  xmlStructuredErrorFunc other = xmlStructuredError;
  void *otherContext = xmlStructuredErrorContext;
  xmlGenericErrorFunc printer = xmlGenericError;
  void *printerContext = xmlGenericErrorContext;
  xmlSetStructuredErrorFunc(parser, strayError);
  xmlSetGenericErrorFunc(NULL, silent);
  int code = xmlParseChunk(parser->libxml, (const char *)bytes, count, terminate);
  xmlSetStructuredErrorFunc(otherContext, other);
  xmlSetGenericErrorFunc(printerContext, printer);
  return code;
#else
  return xmlParseChunk(parser->libxml, (const char *)bytes, count, terminate);
#endif
}

static bool parse(CHarnessXMLParser *parser, const uint8_t *bytes, int count, int terminate) {
  int code = parseChunk(parser, bytes, count, terminate);
  if (parser->problem != CHarnessXMLProblemNone) return false;
  // Every error comes with a report, but a silent one must not pass either.
  if (code != XML_ERR_OK && code != XML_WAR_NS_URI && code != XML_WAR_NS_URI_RELATIVE) {
    fail(parser, CHarnessXMLProblemNotWellFormed, currentLine(parser), "not well-formed");
    return false;
  }
  return true;
}

// Bounds what libxml2 gathers while it waits for the end of a tag, a comment or an instruction.
static bool isWithinPendingLimits(CHarnessXMLParser *parser, const uint8_t *bytes, size_t count) {
  if (parser->hadEvent) {
    parser->pendingBytes = 0;
    parser->pendingEqualSigns = 0;
    return true;
  }
  parser->pendingBytes += count;
  if (parser->pendingBytes / markupPerAttribute > parser->limits.attributeBytes) {
    fail(parser, CHarnessXMLProblemMarkupTooLong, currentLine(parser),
         "a tag, a comment or an instruction is too long");
    return false;
  }
  for (size_t index = 0; index < count; index++) parser->pendingEqualSigns += bytes[index] == '=';
  if (parser->pendingEqualSigns > mostEqualSigns) {
    failTooManyAttributes(parser);
    return false;
  }
  return true;
}

bool charness_xml_parser_feed(CHarnessXMLParser *parser, const uint8_t *bytes, size_t count) {
  if (parser->problem != CHarnessXMLProblemNone) return false;
  while (count > 0) {
    int part = count > chunkSize ? chunkSize : (int)count;
    parser->hadEvent = false;
    if (!parse(parser, bytes, part, 0)) return false;
    if (!isWithinPendingLimits(parser, bytes, (size_t)part)) return false;
    bytes += part;
    count -= (size_t)part;
  }
  return true;
}

bool charness_xml_parser_finish(CHarnessXMLParser *parser) {
  if (parser->problem != CHarnessXMLProblemNone) return false;
  return parse(parser, NULL, 0, 1);
}

void charness_xml_parser_stop(CHarnessXMLParser *parser) {
  fail(parser, CHarnessXMLProblemStopped, currentLine(parser), "stopped");
}

CHarnessXMLProblem charness_xml_parser_problem(const CHarnessXMLParser *parser) {
  return parser->problem;
}

int64_t charness_xml_parser_line(const CHarnessXMLParser *parser) { return parser->line; }

const char *charness_xml_parser_message(const CHarnessXMLParser *parser) {
  return parser->message;
}

void charness_xml_parser_destroy(CHarnessXMLParser *parser) {
  if (!parser) return;
  xmlFreeParserCtxt(parser->libxml);
  free(parser->attributes);
  free(parser->declared);
  free(parser);
}
