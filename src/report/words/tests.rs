//! Sentences as a commissioner reads them.
